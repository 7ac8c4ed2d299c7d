/** Where a server lets itself be sent to: a push service is a host with a name of its own in the public net. */

/** PU5: what is wrong with an address to push to, if anything is. */
export function endpointTrouble(endpoint: string, mayBeLoopback: boolean): string | undefined {
  let url: URL
  try {
    url = new URL(endpoint)
  } catch {
    return 'no address'
  }
  const { hostname } = url
  if (mayBeLoopback && (hostname === '127.0.0.1' || hostname === 'localhost')) return undefined
  if (url.protocol !== 'https:') return 'https only'
  if (url.username || url.password) return 'no names in it'
  if (url.port !== '') return 'no port of its own'
  // An address of numbers ends in one, however it is written; the parser has made one kind of all of them.
  if (hostname.startsWith('[') || /(^|\.)\d+$/.test(hostname)) return 'a name, no number'
  if (!/\.[a-z][a-z0-9-]*$/.test(hostname)) return 'no public name'
  if (/\.(localhost|local|internal|intranet|lan|home|corp|private|test|invalid|arpa)$/.test(hostname))
    return 'no public name'
  return undefined
}
