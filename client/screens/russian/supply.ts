import type { supply as english } from '../english/supply.ts'
import { bottles, form, many, runners } from './many.ts'
import { kinds } from './names.ts'

const { water, isotonic, gel, snack, salt } = kinds

export const supply: typeof english = {
  stockKinds: { water, isotonic, gel, snack, salt, tube: 'Камера' },
  stock: {
    heading: 'Что я везу',
    unknown: 'пока не указано',
    nothing: 'ничего не осталось',
    hint: 'Бутылка это 500 мл. С каждой передачей запас сам убывает.',
    kind: 'Я помогаю',
    state: 'Сейчас',
    kinds: { bike: 'На велосипеде', car: 'На машине', table: 'За столом' },
    states: {
      available: 'На ходу',
      refilling: 'Пополняю запас',
      puncture: 'Прокол',
      'with-injured': 'С пострадавшим',
    },
    notOffered: (state) => `${state}: новых просьб вам не предлагают.`,
    gaveBack: 'Ваши просьбы снова открыты для всех.',
    available: 'Снова на ходу',
    less: (what) => `${what}: на одну меньше`,
    more: (what) => `${what}: на одну больше`,
    named: (name, what) => `${name}: ${what.toLowerCase()}`,
    nameOne: 'Что-то для одного человека',
    emptiesCount: (n) => `пустых: ${bottles(n)}`,
    empties: 'Пустые бутылки',
    save: 'Вот что я везу',
    refilled: 'Запас пополнен: вот что я везу',
    sending: 'Ещё не отправлено…',
    supply: {
      named: 'У вас есть именная, для этого человека.',
      nobody: 'Судя по ответам, этого никто не везёт.',
      'not-me': 'Судя по вашему ответу, у вас этого нет.',
    },
  },
  drink: {
    heading: 'План питья',
    taken: (ml) => `За последний час ${ml} мл; пейте по жажде.`,
    noneTaken: 'За последний час ничего не отмечено; пейте по жажде.',
    nextAt: (clock) => `По вашему плану следующее питьё в ${clock}.`,
    nextNow: 'По вашему плану питьё примерно сейчас.',
    nextKm: (km) => `По вашему плану следующее питьё на км ${km}.`,
    have: (ml) => `Выпито ${ml} мл`,
    by: 'Пить',
    byTime: 'по времени',
    byDistance: 'по расстоянию',
    every: 'Каждые',
    minutes: (min) => `${min} мин`,
    km: (km) => `${km} км`,
    howMuch: 'Сколько',
    ml: (ml) => `${ml} мл`,
    carb: 'Углеводы, граммов в час (не нужны: оставьте пустым)',
    carbSet: (g, min) => `Углеводы: ${g} г в час, как вы указали: примерно гель каждые ${min} мин.`,
    carbWrong: 'От 10 до 120 граммов в час или ничего.',
    carbMuch: 'Больше 60 г в час только для тех, кто к этому привык.',
    noCarb: 'До 18 лет план углеводов не ставится.',
    minor: 'Мне нет 18 лет',
    minorSure: 'План углеводов вам не ставится; вернуть его может только ведущий. Точно?',
    underAge: 'Нет 18 лет',
    save: 'Сохранить план',
    none: 'Без плана',
    counted: 'В счёт идёт то, что вам передали, и то, что вы отметили сами.',
    heat: (heat) => `Ведущий говорит: ${heat.toLowerCase()}. План это учитывает.`,
  },
  carry: {
    heading: 'Что взять',
    heat: 'Какая погода?',
    heats: { frost: 'Мороз', cool: 'Прохладно', mild: 'Умеренно', warm: 'Тепло', hot: 'Жарко' },
    needs: (bottleCount, gelCount, saltCount) =>
      [
        bottles(bottleCount),
        gelCount > 0 && many(gelCount, 'гель', 'геля', 'гелей'),
        saltCount > 0 && many(saltCount, 'таблетка соли', 'таблетки соли', 'таблеток соли'),
      ]
        .filter(Boolean)
        .join(', '),
    basis: (runnerCount, time, pace) => `${runners(runnerCount)}, около ${time} в темпе ${pace}.`,
    byTime: 'Без маршрута: по ожидаемому окончанию.',
    can: (helpers, bottleCount) =>
      `${many(helpers, 'помощник', 'помощника', 'помощников')} за раз ${form(helpers, 'увезёт', 'увезут', 'увезут')} ${many(bottleCount, 'бутылку', 'бутылки', 'бутылок')}.`,
    enough: 'Этого хватит.',
    refill: (places) => `Пополнить запас: ${places.join(', ')}.`,
    refillPlace: (name, km) => `${name} (км ${km})`,
    dry: (km) => `Начиная с км ${km} ничего не останется: нужно место для пополнения до него или ещё один помощник.`,
    noHelper: 'Везти пока некому.',
    water: (bottleCount) => `у помощников ${bottles(bottleCount)}`,
    rate: (perHour) => `${perHour} в час`,
    outAt: (clock) => `вода кончится около ${clock}`,
    out: 'бутылок не осталось',
    notSaid: (said, of) =>
      of === 1 ? 'велосипедист не указал, что везёт' : `что везут, указали велосипедисты: ${said} из ${of}`,
    waterHeading: 'Вода',
  },
}
