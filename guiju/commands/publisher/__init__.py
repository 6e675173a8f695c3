"""Those who prove what rules mean and publish them."""
