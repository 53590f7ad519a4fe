"""What does a web page say, and which of it is the article?"""
