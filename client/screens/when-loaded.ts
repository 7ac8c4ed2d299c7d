const AGAIN_AFTER_MS = 2_000

/** Loads a part of the page; in a dead zone it tries until it comes. */
export async function whenLoaded<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load()
    } catch {
      // No network just now, or a new version of the page is being put up.
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS))
    }
  }
}
