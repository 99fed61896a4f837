/// How many rows the confirmed mapping would bring and today's does not.
final class DroppedRows {
  var count = 0
}
