"""What kg/draw.py makes a page of, from triples up; and the parts of the page itself.

    described, evidence   triples by subject; facts as a reader sees them; findings.py: what checks found, as triples
    picture               nodes, links and the facts behind them (model); plan.py: how a view's header wants them drawn
    ties, tones           lines between what shares things, and groups; colours that mean more than the class
    layout, columns, springs   where each node goes: by its reports, by years, by ties; room.py keeps them apart
    shell                 page.html, page.css and the script's parts (*.js) around the data

A class to draw is a row of classes.csv, a colour of a scale of scales.csv; a word of the page, or of a code in the
graph, is a row of words.csv. A layout is a module with `place`, and a name in plan.py.
"""
