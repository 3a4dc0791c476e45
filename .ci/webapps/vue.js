// A site made with Vue. Its pages have their own addresses or, if HASH is set, differ only in the fragment.
import { createApp, h } from 'vue'
import { createRouter, createWebHashHistory, createWebHistory, RouterLink, RouterView } from 'vue-router'
import { stories } from './stories.js'

const Home = {
  render: () => h('div', [
    h('h1', 'Stories of the coast'),
    ...stories.ferry.text.map(text => h('p', text)),
    h('ul', Object.keys(stories).map(id => h('li', h(RouterLink, { to: '/' + id }, () => stories[id].title)))),
  ]),
}
const Story = {
  props: ['id'],
  render() {
    const story = stories[this.id]
    return h('article', [h('h1', story.title), ...story.text.map(text => h('p', text))])
  },
}
const router = createRouter({
  history: HASH ? createWebHashHistory('/hash/') : createWebHistory('/vue/'),
  routes: [{ path: '/', component: Home }, { path: '/:id', component: Story, props: true }],
})
createApp({ render: () => [h('nav', h(RouterLink, { to: '/' }, () => 'Home')), h(RouterView)] }).use(router).mount('#app')
