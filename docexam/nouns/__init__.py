"""The things that docexam speaks of: plain frozen data, without behaviour and without libraries."""
