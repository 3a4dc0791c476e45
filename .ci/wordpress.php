<?php
// Installs WordPress in FOLDER, and adds 24 posts with pictures, and a page: php wordpress.php FOLDER
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/image.php';
add_filter('pre_wp_mail', '__return_true');
wp_install('The harbour book', 'keeper', 'keeper@harbour.example', true, '', 'not-a-secret');
wp_delete_post(1, true);
wp_delete_post(2, true);
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
switch_theme('twentytwentythree');
wp_update_user(['ID' => 1, 'display_name' => 'Una Petrie', 'first_name' => 'Una', 'last_name' => 'Petrie']);

// picture adds a drawing to the media library. It returns its ID, its address, and the address of its medium size.
function picture(string $name, int $color): array
{
    $dir = wp_upload_dir('2026/03');
    $file = $dir['path'] . '/' . $name;
    wp_mkdir_p($dir['path']);
    $image = imagecreatetruecolor(1600, 1066);
    imagefill($image, 0, 0, imagecolorallocate($image, 30 + $color * 7 % 200, 90 + $color * 13 % 150, 160));
    imagefilledellipse($image, 200 + $color * 50 % 1200, 300, 160, 160, imagecolorallocate($image, 250, 240, 190));
    imagejpeg($image, $file, 80);
    $id = wp_insert_attachment(['post_mime_type' => 'image/jpeg', 'post_title' => $name, 'post_status' => 'inherit'], $file);
    wp_update_attachment_metadata($id, wp_generate_attachment_metadata($id, $file));
    return [$id, wp_get_attachment_url($id), wp_get_attachment_image_url($id, 'medium')];
}

$subjects = ['tides', 'cranes', 'pilots', 'ropes', 'lamps', 'bells', 'ferries', 'gulls'];
$shared = picture('office-1.jpg', 99);
$posts = [];
for ($i = 0; $i < 24; $i++) {
    $subject = $subjects[$i % 8];
    [$id, $url, $medium] = picture("quay-$i.jpg", $i);
    [$second, $secondURL] = picture("detail of $subject ($i).jpg", $i + 40);
    $body = "<!-- wp:paragraph --><p>The harbour office has kept notes about $subject since the winter in which the old pier was carried away, and it asks everybody
who works on the water to add what they know, which is how this entry, number $i, came to be written on a Tuesday.</p><!-- /wp:paragraph -->
<!-- wp:image {\"id\":$id,\"sizeSlug\":\"medium\"} --><figure class=\"wp-block-image size-medium\"><img src=\"$medium\" alt=\"The quay, entry $i\" class=\"wp-image-$id\"/>
<figcaption class=\"wp-element-caption\">The quay on the day of entry $i</figcaption></figure><!-- /wp:image -->
<!-- wp:paragraph --><p>Before anybody changes the routine for $subject, the watch is told in the morning, and the change is written on the slate by the door,
where the night watch reads it first. " . ($posts ? 'It goes on from <a href="' . get_permalink(end($posts)) . '#content">the entry before</a>.' : '') . "</p><!-- /wp:paragraph -->
<!-- wp:image {\"id\":$second,\"linkDestination\":\"media\"} --><figure class=\"wp-block-image size-large\"><a href=\"$secondURL\"><img src=\"" .
        wp_get_attachment_image_url($second, 'large') . "\" alt=\"A detail\" class=\"wp-image-$second\"/></a></figure><!-- /wp:image -->
<!-- wp:paragraph --><p>Most of what goes wrong with $subject goes wrong in the hour before low water, when the crews are tired and the light is poor, and so nothing
is begun then that can wait.</p><!-- /wp:paragraph -->";
    if ($i % 8 == 0) {
        $body .= "<!-- wp:image {\"id\":$shared[0]} --><figure class=\"wp-block-image\"><img src=\"$shared[1]\" alt=\"The office\" class=\"wp-image-$shared[0]\"/></figure><!-- /wp:image -->";
    }
    $posts[] = wp_insert_post([
        'post_title' => ucfirst($subject) . ": what's in entry $i & why \"it\" matters", 'post_content' => wp_slash($body), 'post_status' => 'publish',
        'post_author' => 1, 'post_date' => sprintf('2026-%02d-%02d 09:30:00', 1 + $i % 6, 1 + $i),
        'post_category' => [wp_create_category($i % 2 ? 'Work' : 'Weather')], 'tags_input' => [$subject, 'harbour: notes'],
    ]);
}
wp_insert_post(['post_type' => 'page', 'post_title' => 'About the book', 'post_status' => 'publish', 'post_author' => 1,
    'post_content' => wp_slash('<p>The book lies in the harbour office and is open to everybody who has something to say about the water. It was begun by the first
keeper, who wrote every line of it himself until his hand gave out, and has been kept by the watch since then.</p><p>Nothing in it is ever struck out.</p>')]);
echo count($posts), " posts\n";
