import type { settings as english } from '../english/settings.ts'

export const settings: typeof english = {
  settings: {
    heading: 'Баптаулар',
    attention: 'Назар аударыңыз',
    close: 'Жабу',
    notLoaded: 'Баптауларды ашу үшін бір рет желі керек. Қайталап көріңіз.',
    language: 'Тіл',
    theme: 'Түстер',
    themes: {
      system: 'Телефондағыдай',
      light: 'Ашық',
      dark: 'Қараңғы',
      contrast: 'Айқын',
    },
    textSize: 'Мәтін өлшемі',
    textSizes: { normal: 'Қалыпты', large: 'Үлкен', huge: 'Өте үлкен' },
    privacy: 'Не көрінеді және кімге',
  },
}
