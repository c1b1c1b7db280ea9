import { behaviour, type Topic } from '../behaviour.ts'

const PROCESSES = 'emulator/images/processes.test.ts'

export const images: Topic = {
  title: 'Images',
  behaviours: [
    behaviour(
      'unknown images fail with the words of a registry',
      `${PROCESSES} › says what a registry says about images that do not exist`,
    ),
  ],
}
