package main

import (
	"hash/fnv"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"net/http"
	"slices"
	"strings"
)

// servePicture draws the picture of a story: the sea under a sky whose colors depend on the story.
func (d *demoSite) servePicture(w http.ResponseWriter, r *http.Request) {
	slug, isJPEG := strings.CutSuffix(r.PathValue("file"), ".jpg")
	slug, small := strings.CutSuffix(slug, "-300x200")
	if !isJPEG || !slices.ContainsFunc(d.stories, func(s *story) bool { return s.Slug == slug && s.Caption != "" }) {
		http.NotFound(w, r)
		return
	}
	width := 900
	if small {
		width = 300
	}
	w.Header().Set("Content-Type", "image/jpeg")
	if err := jpeg.Encode(w, drawSea(slug, width), nil); err != nil {
		panic(http.ErrAbortHandler) // the client disconnected
	}
}

// drawSea draws a sun above a horizon, and waves below it.
func drawSea(name string, width int) image.Image {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name)) // never fails
	seed := h.Sum32()
	picture := image.NewRGBA(image.Rect(0, 0, width, width*2/3))
	sunX, sunY := 0.2+0.6*float64(seed%97)/97, 0.2+0.25*float64(seed/97%89)/89
	warm := float64(seed / 8633 % 83)
	for y := range width * 2 / 3 {
		for x := range width {
			fx, fy := float64(x)/float64(width), float64(y)/float64(width)
			c := color.RGBA{uint8(90 + warm + 120*fy), uint8(140 + 80*fy), uint8(230 - warm), 255}
			switch {
			case fy > 0.4+0.008*math.Sin(40*fx+warm):
				wave := 20 * math.Sin(60*fy*fy+8*math.Sin(9*fx+warm))
				c = color.RGBA{uint8(30 + wave/2 + 10), uint8(90 + wave), uint8(130 + wave), 255}
			case math.Hypot(fx-sunX, fy-sunY) < 0.07:
				c = color.RGBA{255, 240, 200, 255}
			}
			picture.SetRGBA(x, y, c)
		}
	}
	return picture
}
