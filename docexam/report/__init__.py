"""What docexam writes for programs and for people."""
