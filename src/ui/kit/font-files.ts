import cyrillic from "@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url";
import greek from "@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url";
import latinExtended from "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url";
import latin from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";

/** The files of Inter and the letters that each is for, as far as they are not in the first. */
const files: readonly { readonly url: string; readonly letters: RegExp }[] = [
  { url: latin, letters: /(?:)/ },
  { url: latinExtended, letters: /[\u0100-\u02ff\u1e00-\u1eff\u20a0-\u20c0]/ },
  { url: greek, letters: /[\u0370-\u03ff]/ },
  { url: cyrillic, letters: /[\u0400-\u045f\u0490\u0491]/ },
];

/** Addresses of the font files that a text needs, all of this application. Other scripts are left to the system's fonts. */
export function fontFilesFor(text: string): readonly string[] {
  return files.filter(({ letters }) => letters.test(text)).map(({ url }) => url);
}
