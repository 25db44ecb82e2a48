-- Phones that ask for news: nine in ten know the last answer by its tag.
local count = 0
local tag

function init(arguments)
  tag = arguments[1]
end

function request()
  count = count + 1
  if count % 10 == 0 then
    return wrk.format("GET", nil, { ["Accept-Encoding"] = "gzip, deflate, br" })
  end
  return wrk.format("GET", nil, { ["If-None-Match"] = tag, ["Accept-Encoding"] = "gzip, deflate, br" })
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"rate": %.1f, "failed": %d, "p99": %.1f}\n',
    summary.requests / (summary.duration / 1e6),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(99) / 1000
  ))
end
