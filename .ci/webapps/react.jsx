// A site made with React. Its pages are empty until scripts have run, and its stories appear two seconds later.
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Link, Route, Routes, useParams } from 'react-router-dom'

function useStories() {
  const [stories, setStories] = useState(null)
  useEffect(() => {
    const timer = setTimeout(() => fetch('/react/stories.json').then(r => r.json()).then(setStories), 2000)
    return () => clearTimeout(timer)
  }, [])
  return stories
}

function Home() {
  const stories = useStories()
  if (!stories) return <p>Loading …</p>
  return <ul>{Object.keys(stories).map(id => <li key={id}><Link to={'/' + id}>{stories[id].title}</Link></li>)}</ul>
}

function Story() {
  const { id } = useParams()
  const story = useStories()?.[id]
  if (!story) return <p>Loading …</p>
  return <article><h1>{story.title}</h1>{story.text.map(text => <p key={text}>{text}</p>)}</article>
}

createRoot(document.getElementById('root')).render(
  <BrowserRouter basename="/react">
    <nav><Link to="/">Home</Link></nav>
    <Routes><Route path="/" element={<Home />} /><Route path="/:id" element={<Story />} /></Routes>
  </BrowserRouter>)
