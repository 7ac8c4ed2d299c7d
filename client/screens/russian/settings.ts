import type { settings as english } from '../english/settings.ts'

export const settings: typeof english = {
  settings: {
    heading: 'Настройки',
    attention: 'Требует внимания',
    close: 'Закрыть',
    notLoaded: 'Для настроек один раз нужна сеть. Попробуйте ещё раз.',
    language: 'Язык',
    theme: 'Цвета',
    themes: {
      system: 'Как в телефоне',
      light: 'Светлые',
      dark: 'Тёмные',
      contrast: 'Контрастные',
    },
    textSize: 'Размер текста',
    textSizes: { normal: 'Обычный', large: 'Крупный', huge: 'Огромный' },
    privacy: 'Что и кому видно',
  },
}
