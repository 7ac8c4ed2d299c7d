/** Apps that open links inside themselves: what works in a browser may not work there. */

/** What the apps put into the browser's name for itself. */
const apps: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Telegram/i, 'Telegram'],
  [/Instagram/, 'Instagram'],
  [/FBAN|FBAV|FB_IAB|FBIOS/, 'Facebook'],
  [/WhatsApp/, 'WhatsApp'],
  [/VKAndroidApp|VKClient|com\.vk\.|vkShare/, 'VK'],
  [/\bLine\//, 'LINE'],
  [/MicroMessenger/, 'WeChat'],
  [/musical_ly|BytedanceWebview|TikTok/i, 'TikTok'],
  [/Snapchat/, 'Snapchat'],
  [/LinkedInApp/, 'LinkedIn'],
]

export type InApp = {
  /** `null` where only the kind of window tells. */
  readonly name: string | null
  readonly system: 'android' | 'ios' | 'other'
}

type Around = { readonly userAgent: string; readonly isTelegram: boolean; readonly isStandalone: boolean }

export function inAppOf({ userAgent, isTelegram, isStandalone }: Around): InApp | null {
  const isAndroid = /Android/.test(userAgent)
  const isApple = /iPhone|iPad|iPod/.test(userAgent)
  const system = isAndroid ? 'android' : isApple ? 'ios' : 'other'
  if (isStandalone) return null
  const name = isTelegram ? 'Telegram' : apps.find(([mark]) => mark.test(userAgent))?.[1]
  if (name) return { name, system }
  // A view of the web inside an app: Android says `wv`, on an iPhone the browser's own name is missing.
  if (isAndroid && /; wv\)/.test(userAgent)) return { name: null, system }
  const isBrowser = /Safari\/|CriOS|FxiOS|EdgiOS|OPiOS|YaBrowser/.test(userAgent)
  return isApple && /AppleWebKit/.test(userAgent) && !isBrowser ? { name: null, system } : null
}

/** Android opens it in the phone's own browser; what stands behind the # stays there. */
export function intentLink(url: string): string {
  const { protocol } = new URL(url)
  return `intent${url.slice(protocol.length - 1)}#Intent;scheme=${protocol.slice(0, -1)};action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end`
}
