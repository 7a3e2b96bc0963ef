"""Many documents: finding the inputs, opening archives, running the pipeline, and showing how far it is.

``inputs`` finds files and makes ``items`` of them, one a document, with ``containers`` where a file is an
archive. ``chunks`` parcels the items out, ``pools`` hands the parcels to processes, ``documents`` makes an
extraction of each item, and ``engine`` writes the extractions in the order of the items.

That order is the order of the dataset: the code points of ``source``, the path of a document below the input
it was found in; documents of an archive stand in its place, those of ZIP and 7-Zip in the order of their
names, others as they are stored. Hidden files, lock files of office programs, what systems leave for
themselves and links that lead out of an input are passed over, and so are the output folder and datasets of
before when they lie in an input.
"""
