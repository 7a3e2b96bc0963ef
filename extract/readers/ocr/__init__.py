"""Text recognition of scanned pages: prepared pictures go to tesseract, words with boxes come back."""
