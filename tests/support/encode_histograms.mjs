// Writes histograms with hdr-histogram-js, for loadgate to read: a JSON list of lists
// of values on standard input, base64 texts on standard output.
import { readFileSync } from "node:fs";
import hdr from "hdr-histogram-js";

const encoded = JSON.parse(readFileSync(0, "utf8")).map(({ values, digits }) => {
  const histogram = hdr.build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000_000,
    numberOfSignificantValueDigits: digits,
    bitBucketSize: 64,
  });
  for (const value of values) histogram.recordValue(value);
  return hdr.encodeIntoCompressedBase64(histogram);
});
process.stdout.write(JSON.stringify(encoded));
