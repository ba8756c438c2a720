"""A page as its file draws it: words, shapes and pictures with their places, whatever program or scanner made it."""
