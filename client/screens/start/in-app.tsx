import { t } from '../texts.ts'

/** Browsers inside other apps, which lose the page with the message it was opened from. */
const IN_APP = /Instagram|FBAN|FBAV|FB_IAB|Telegram|TelegramBot|Line\/|VKAndroidApp|VKiOSApp|; wv\)/

export const isInApp = (userAgent: string): boolean => IN_APP.test(userAgent)

/** Android opens such a link in the browser; elsewhere only its owner can. */
const androidLink = (url: string): string => {
  const { host, pathname, search, hash, protocol } = new URL(url)
  return `intent://${host}${pathname}${search}${hash}#Intent;scheme=${protocol.slice(0, -1)};end`
}

export function InAppNotice() {
  if (!isInApp(navigator.userAgent)) return null
  return (
    <div class="card notice" role="status">
      <h2>{t.inApp.heading}</h2>
      <p>{t.inApp.why}</p>
      {/android/i.test(navigator.userAgent) && (
        <a class="button primary" href={androidLink(location.href)}>
          {t.inApp.open}
        </a>
      )}
      <p>{t.inApp.how}</p>
    </div>
  )
}
