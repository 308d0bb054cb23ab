/**
 * What the page may do. The same policy travels as a header (from the production server) and as a <meta> element (in the
 * built index.html, for any other host); only the header can carry `frame-ancestors`.
 */
const POLICY = [
  ["default-src", "'none'"],
  ["script-src", "'self'"],
  ["worker-src", "'self'"],
  ["style-src", "'self'"],
  ["style-src-attr", "'unsafe-inline'"],
  ["img-src", "'self' data: blob:"],
  ["font-src", "'self'"],
  ["connect-src", "'self'"],
  ["manifest-src", "'self'"],
  ["base-uri", "'none'"],
  ["form-action", "'none'"],
  ["object-src", "'none'"],
  ["require-trusted-types-for", "'script'"],
  ["trusted-types", "plimsoll-worker"],
];

const written = POLICY.map(([directive, sources]) => `${directive} ${sources}`);

export const metaPolicy = written.join("; ");

export const securityHeaders = {
  "Content-Security-Policy": [...written, "frame-ancestors 'none'"].join("; "),
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};
