"""What a review screen shows, as data: the changes one by one, the page as it becomes, what stands beside."""
