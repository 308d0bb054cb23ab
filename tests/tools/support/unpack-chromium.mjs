// Unpacks the pinned Chromium into TMPDIR. Only the path is taken from the package: the launch options that it
// recommends are for one cloud's functions and make the browser unstable elsewhere.
import chromium from "@sparticuz/chromium";

await chromium.executablePath();
