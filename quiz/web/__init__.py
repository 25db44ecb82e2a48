"""The website: thin views, one package per audience."""
