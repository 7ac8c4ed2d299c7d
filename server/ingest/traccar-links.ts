/** The app's own defaults, 300 s and 75 m, leave a runner out of sight for a kilometre. */
const SETTINGS = {
  accuracy: 'highest',
  interval: '5',
  distance: '0',
  buffer: 'true',
  wakelock: 'true',
  stop_detection: 'false',
}
const SHOWN_ID_CHARACTERS = 8

export type TraccarLinks = {
  /** For the scanner in the app on another screen: it takes the address from the code and the settings from its query. */
  readonly qrUrl: string
  /** For the phone itself, which cannot scan its own screen. */
  readonly appLink: string
  /** For typing in by hand. */
  readonly serverUrl: string
}

/**
 * How a person sets Traccar Client to a tracker's lasting address. The token stands in the path alone: the app shows
 * and logs its `id`, so that is only the token's beginning.
 */
export function traccarLinks(baseUrl: string, token: string): TraccarLinks {
  const serverUrl = `${baseUrl.replace(/\/$/, '')}/t/${encodeURIComponent(token)}`
  const settings = new URLSearchParams({ id: token.slice(0, SHOWN_ID_CHARACTERS), ...SETTINGS })
  return {
    qrUrl: `${serverUrl}?${settings}`,
    appLink: `org.traccar.client://?url=${encodeURIComponent(serverUrl)}&${settings}`,
    serverUrl,
  }
}
