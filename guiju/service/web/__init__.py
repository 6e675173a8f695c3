"""What every page needs: the tongue of the reader, templates, the guard before all requests, who is asking."""
