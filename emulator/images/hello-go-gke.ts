import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { GO_TERMINATED, httpServer } from './servers.ts'

/** The back end of Kubernetes' "connect a front end to a back end" task: a JSON greeting on port 80. */
export const helloGoGke = defineImage({
  repository: 'gcr.io/google-samples/hello-go-gke',
  tags: ['1.0'],
  sizeBytes: 11_000_000,
  entrypoint: ['./app'],
  servers: [
    httpServer({
      name: './app',
      port: () => 80,
      terminates: GO_TERMINATED,
      answer: (process, request) => goText(request, process.now(), '{"message":"Hello"}\n'),
    }),
  ],
  programs: [],
})
