"""Mark-up that would run somewhere if it were not kept as text; each calls ``ran``."""

from __future__ import annotations

PAYLOADS = [
    "<script>ran(1)</script>", "<ScRiPt>ran(2)</sCrIpT>", "<script src=data:,ran(3)></script>", "<script/x>ran(4)</script>",
    "</script><script>ran(5)</script>", "</title><script>ran(6)</script>", "</textarea><script>ran(7)</script>",
    "</style><script>ran(8)</script>", "--><script>ran(9)</script>", "<!--><script>ran(10)</script>-->",
    "<img src=x onerror=ran(11)>", "<img src=x:x onerror=ran(12)//", "<img/src/onerror=ran(13)>", "<svg onload=ran(14)>",
    "<svg><script>ran(15)</script></svg>", "<svg><animate onbegin=ran(16) attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:ran(17)><text>x</text></a></svg>", "<svg><use href=data:image/svg+xml,x#x></use></svg>",
    "<math><mtext></p><img src=x onerror=ran(19)></mtext></math>", "<body onload=ran(20)>", "<iframe srcdoc='<script>parent.ran(21)</script>'>",
    "<iframe src=javascript:ran(22)>", "<object data=javascript:ran(23)>", "<embed src=javascript:ran(24)>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:ran(26)'>", "<link rel=stylesheet href=data:text/css,x>", "<style>@import 'data:text/css,x'</style>",
    "<style onload=ran(29)></style>", "<input autofocus onfocus=ran(30)>", "<select autofocus onfocus=ran(31)>", "<textarea autofocus onfocus=ran(32)>",
    "<details open ontoggle=ran(33)>", "<video><source onerror=ran(34)></video>", "<audio src onerror=ran(35)>", "<marquee onstart=ran(36)>",
    "<form><button formaction=javascript:ran(37)>x</button></form>", "<a href=javascript:ran(38)>x</a>", "<a href='jav&#x09;ascript:ran(39)'>x</a>",
    "<div style='background:url(javascript:ran(40))'>x</div>", "\" autofocus onfocus=ran(41) x=\"", "' autofocus onfocus=ran(42) x='",
    "\"><img src=x onerror=ran(43)>", "'><img src=x onerror=ran(44)>", "` onerror=ran(45) `", "{{ ran(46) }}", "{% print(ran(47)) %}",
    "${ran(48)}", "#{ran(49)}", "<%= ran(50) %>", "&lt;script&gt;ran(51)&lt;/script&gt;", "&#60;script&#62;ran(52)&#60;/script&#62;",
    "%3Cscript%3Eran(53)%3C/script%3E", "<noscript><p title='</noscript><img src=x onerror=ran(54)>'>", "<template><script>ran(55)</script></template>",
    "<xss id=x tabindex=1 onfocus=ran(56)>", "\u00a0<script>ran(57)</script>", "<\u017fcript>ran(58)</script>", "javascript:ran(59)//", "%(party)s %s {0}",
]  # fmt: skip
ALL = " ".join(PAYLOADS)
