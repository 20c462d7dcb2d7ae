"""The invented world of Quay & Strand Hotels.

Nobody in it exists. British numbers are from the ranges kept free for films, as are the German,
Swedish, French and American ones; Danish numbers never begin with 00.
"""
