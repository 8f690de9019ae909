"""MRZ readers: swipe readers, flat readers and imagers that send the text of the zone."""
