"""Document models: what genuine documents of one issue show in each light, and its enrolment."""
