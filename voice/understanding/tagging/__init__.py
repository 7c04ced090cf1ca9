"""The tagger: from words to labelled stretches, and what may overrule it."""
