"""One live audio call, at no door in particular: hearing, answering, being interrupted."""
