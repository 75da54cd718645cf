"""What tasks and pending items offer to the house."""

from collab.core.package import Package

from .reactions import clock_resumed

package = Package(name="tasks", reactions=(clock_resumed,))
