/** As far as it is used here. What a policy makes stands for its text wherever a script's address is wanted. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (address: string) => string },
  ): {
    createScriptURL(address: string): string;
  };
}

declare const trustedTypes: TrustedTypes | undefined;

const policy =
  typeof trustedTypes === "undefined"
    ? { createScriptURL: ownAddress }
    : trustedTypes.createPolicy("plimsoll-worker", { createScriptURL: ownAddress });

/**
 * The content policy lets no text become the address of a script unless this policy vouches for it, and it vouches only
 * for files of the application itself. Throws for any other address.
 */
export function trustedWorkerAddress(address: string): string {
  return policy.createScriptURL(address);
}

function ownAddress(address: string): string {
  if (new URL(address, location.href).origin !== location.origin) {
    throw new Error(`A worker may come from this application only, not from ${address}`);
  }
  return address;
}
