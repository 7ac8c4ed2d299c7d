import type { dispatch as english } from '../english/dispatch.ts'

export const dispatch: typeof english = {
  proposed: {
    forYou: 'сізге',
    due: (name) => `${name}: жақында су ішкісі келуі мүмкін`,
    moreDue: (count) => `Тағы ${count} адам жақында су ішкісі келуі мүмкін`,
    dueIn: (time) => `жоспар бойынша ${time} қалды`,
    dueNow: 'жоспар бойынша шамамен қазір',
    sent: 'Жетекші қарап келуді сұрайды',
  },
  pass: {
    heading: 'Бір жүріп өткенде',
    runners: (count, distance) => `алдағы ${distance} ішінде ${count} жүгіруші`,
    rideAt: (kmh) => `жылдамдығыңыз ${kmh} км/сағ`,
    order: (names) => `кезегімен: ${names.join(', ')}`,
    bottlesLeft: (count) => `сонда ${count} бөтелке қалады`,
    bottlesMissing: (count) => `${count} бөтелке жетпейді`,
    refill: (name, km) => `қор толтыру: ${name}, ${km}\u2011км`,
    takeAll: 'Бәрін апарамын',
  },
}
