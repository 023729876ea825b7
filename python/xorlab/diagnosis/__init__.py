"""Why a fit is not better than it is."""
