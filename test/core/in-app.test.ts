import { expect, test } from 'vitest'
import { inAppOf, intentLink } from '../../client/screens/install/in-app.ts'

const around = (userAgent: string, more = {}) => inAppOf({ userAgent, isTelegram: false, isStandalone: false, ...more })

const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const android = 'Mozilla/5.0 (Linux; Android 14; Pixel 8'
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.0.0 Mobile Safari/537.36'

test.each([
  [`${android} Build/UQ1A; wv) ${chrome} Instagram 334.0.0.42.95 Android`, { name: 'Instagram', system: 'android' }],
  [`${android} Build/UQ1A; wv) ${chrome} [FB_IAB/FB4A;FBAV/465.0;]`, { name: 'Facebook', system: 'android' }],
  [`${android} Build/UQ1A; wv) ${chrome} Telegram-Android/10.14.5 (Pixel 8)`, { name: 'Telegram', system: 'android' }],
  [`${android} Build/UQ1A; wv) ${chrome}`, { name: null, system: 'android' }],
  [`${android} Build/UQ1A; wv) ${chrome} VKAndroidApp/8.80`, { name: 'VK', system: 'android' }],
  [`${iphone} Mobile/15E148 Instagram 334.0.0.31.95`, { name: 'Instagram', system: 'ios' }],
  [`${iphone} Mobile/15E148 [FBAN/FBIOS;FBAV/465.0]`, { name: 'Facebook', system: 'ios' }],
  [`${iphone} Mobile/15E148`, { name: null, system: 'ios' }],
] as const)('[PW12] %s is inside an app', (userAgent, found) => {
  expect(around(userAgent)).toEqual(found)
})

test.each([
  `${android}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/125.0.0.0 Mobile Safari/537.36`,
  `${iphone} Version/17.5 Mobile/15E148 Safari/604.1`,
  `${iphone} CriOS/125.0.6422.80 Mobile/15E148 Safari/604.1`,
  `${iphone} FxiOS/126.0 Mobile/15E148 Safari/605.1.15`,
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/125.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
])('[PW12] %s is a browser', (userAgent) => {
  expect(around(userAgent)).toBeNull()
})

test('[PW12] what Telegram leaves in the window tells it apart, and a page on the home screen is in no app', () => {
  expect(around(`${iphone} Version/17.5 Mobile/15E148 Safari/604.1`, { isTelegram: true })?.name).toBe('Telegram')
  expect(around(`${iphone} Mobile/15E148`, { isStandalone: true })).toBeNull()
})

test('[PW12] the way out of an app keeps what stands behind the #', () => {
  expect(intentLink('https://run.example.org/j#i.run_1.secret')).toBe(
    'intent://run.example.org/j#i.run_1.secret#Intent;scheme=https;action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end',
  )
})
