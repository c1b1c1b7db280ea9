import { behaviour, type Topic } from '../behaviour.ts'

const NAMES = 'emulator/images/names.test.ts'

export const names: Topic = {
  title: 'Names',
  behaviours: [
    behaviour(
      'Services are found by every form of their name',
      `${NAMES} › resolves Services by every form of their name`,
    ),
  ],
}
