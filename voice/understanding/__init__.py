"""What a caller's words mean. Pure functions: text, now and context in, values out.

`read.read` is the way in. A turn goes through `tagging` (the model: labelled stretches of words),
`relabelling` (what a label alone gets wrong), and `valuing`, which asks the grammars for what each
stretch says: `dates` and `wishes`, `names`, `numbers`, `services`, `goods`. `acts` and `reading`
are the values that come out, `hearing` is what the words were heard in.
"""
