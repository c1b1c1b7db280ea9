import { flaskImage } from './kodekloud.ts'

/** A page from which courses test connections between Pods. */
export const webappConntest = flaskImage(
  'webapp-conntest',
  ['latest'],
  ({ hostname }) => `<!doctype html>\n<title>Connectivity Test</title>\n<h1>Connectivity test from ${hostname}</h1>\n`,
)
