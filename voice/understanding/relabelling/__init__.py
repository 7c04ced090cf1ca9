"""What a label alone gets wrong, put right by what the words are known to say."""
