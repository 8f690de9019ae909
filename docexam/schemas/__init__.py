"""JSON Schemas of every object that docexam writes, by the name in their `$id`."""
