import { behaviour, type Topic } from '../behaviour.ts'

const RULES = 'emulator/ingress-nginx/routing.test.ts'

export const ingress: Topic = {
  title: 'Ingress',
  behaviours: [
    behaviour(
      'hosts lead to their Services, others to the 404 page of the controller',
      `${RULES} › a host leads to its Service, and other hosts to the 404 page of the controller`,
    ),
  ],
}
