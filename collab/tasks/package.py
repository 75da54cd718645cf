"""What tasks offers to the house."""

from collab.core.package import Package

package = Package(name="tasks")
