"""What kg/draw.py makes a page of, from triples up: described, evidence, picture, layout; and the page's own parts.

A class to draw is a row of classes.csv; a word of the page, or of a code in the graph, is a row of words.csv.
"""
