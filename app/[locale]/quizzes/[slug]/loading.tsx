import { LoadingQuiz } from '@/components/site/loading-page.tsx'

export default LoadingQuiz
