// Reads histograms of loadgate with hdr-histogram-js: a JSON list of base64 texts on
// standard input, what it found in each on standard output.
import { readFileSync } from "node:fs";
import hdr from "hdr-histogram-js";

const PERCENTILES = [25, 50, 75, 90, 95, 99, 99.9, 100];

const found = JSON.parse(readFileSync(0, "utf8")).map((base64) => {
  const histogram = hdr.decodeFromCompressedBase64(base64, 64);
  return {
    count: histogram.totalCount,
    min: histogram.minNonZeroValue,
    max: histogram.maxValue,
    mean: histogram.mean,
    percentiles: Object.fromEntries(PERCENTILES.map((p) => [p, histogram.getValueAtPercentile(p)])),
  };
});
process.stdout.write(JSON.stringify(found));
