import './main.css'
import { start } from './app/start.ts'

void start(window)
