import { behaviour, type Topic } from '../behaviour.ts'

const TOOLS = 'emulator/images/tools.test.ts'

export const tools: Topic = {
  title: 'Tools on the machines',
  behaviours: [
    behaviour('curl: bodies, heads, -w', `${TOOLS} › prints bodies, heads and what -w asks for`),
    behaviour('curl: exit codes and messages', `${TOOLS} › ends with the code and the words of each failure`),
  ],
}
