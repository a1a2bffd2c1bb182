"""What is looked at in full before a release; one of each kind is among the other tests."""
