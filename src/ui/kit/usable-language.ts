/**
 * A browser started in the POSIX locale states a language ("en-US@posix") that its own Intl refuses, and the drawing library
 * asks Intl for it while it loads. The stated language is then replaced by plain English, for this page.
 */
export function ensureUsableLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    Object.defineProperty(navigator, "language", { configurable: true, value: "en" });
  }
}
